ALTER TABLE `cases` ADD `finding` text;--> statement-breakpoint
ALTER TABLE `contacts` ADD `asked` text;--> statement-breakpoint
CREATE INDEX `emergencies_case` ON `emergencies` (`case_id`) WHERE case_id is not null;--> statement-breakpoint
UPDATE `contacts` SET `asked` = 'invited';--> statement-breakpoint
UPDATE `invitations` SET `source` = 'invited';--> statement-breakpoint
UPDATE `ratings` SET `source` = 'invited';
