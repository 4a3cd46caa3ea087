ALTER TABLE `cases` ADD `spared` text;--> statement-breakpoint
CREATE INDEX `cases_spared` ON `cases` (`station`) WHERE spared is not null;