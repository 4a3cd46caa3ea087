CREATE TABLE `rating_replies` (
	`id` text PRIMARY KEY NOT NULL,
	`officer` text NOT NULL,
	`unit` text NOT NULL,
	`from_month` text NOT NULL,
	`to_month` text NOT NULL,
	`text` blob NOT NULL,
	`appeal` text,
	`decision` blob
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `rating_replies_batch` ON `rating_replies` (`officer`,`from_month`);