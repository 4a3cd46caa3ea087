DELETE FROM `invitations` WHERE `used_at` IS NOT NULL;--> statement-breakpoint
DELETE FROM `rating_ties`;--> statement-breakpoint
ALTER TABLE `invitations` ADD `rating` blob;--> statement-breakpoint
CREATE INDEX `invitations_expires` ON `invitations` (`expires_at`);--> statement-breakpoint
ALTER TABLE `invitations` DROP COLUMN `used_at`;--> statement-breakpoint
ALTER TABLE `rating_ties` ADD `until` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `rating_ties_until` ON `rating_ties` (`until`);--> statement-breakpoint
ALTER TABLE `ratings` ADD `earlier` text DEFAULT '[]' NOT NULL;