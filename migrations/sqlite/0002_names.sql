CREATE TABLE `outbound_parts` (
	`message` text NOT NULL,
	`part` integer NOT NULL,
	`known_as` blob,
	PRIMARY KEY(`message`, `part`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `outbound_parts_known_as` ON `outbound_parts` (`known_as`) WHERE known_as is not null;--> statement-breakpoint
ALTER TABLE `attachments` ADD `pull_at` integer;--> statement-breakpoint
ALTER TABLE `attachments` ADD `pulls` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `attachments_pull` ON `attachments` (`pull_at`) WHERE pull_at is not null;--> statement-breakpoint
ALTER TABLE `messages` ADD `known_as` blob;--> statement-breakpoint
CREATE INDEX `messages_known_as` ON `messages` (`known_as`) WHERE known_as is not null;--> statement-breakpoint
INSERT INTO `outbound_parts` (`message`, `part`) SELECT `messages`.`id`, `sent`.`value` FROM `messages`, json_each(`messages`.`parts`) AS `sent` WHERE `messages`.`parts` IS NOT NULL;--> statement-breakpoint
ALTER TABLE `messages` DROP COLUMN `parts`;