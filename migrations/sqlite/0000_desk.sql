CREATE TABLE `audit` (
	`chain` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`verb` text NOT NULL,
	`subject` text NOT NULL,
	`version` integer,
	`reason_code` text,
	`digest` blob NOT NULL,
	`prev` blob NOT NULL,
	`hash` blob NOT NULL,
	PRIMARY KEY(`chain`, `seq`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`);--> statement-breakpoint
CREATE TABLE `idempotency` (
	`account` text NOT NULL,
	`route` text NOT NULL,
	`key` text NOT NULL,
	`body_hash` text NOT NULL,
	`reference` text NOT NULL,
	`version` integer NOT NULL,
	`made` text,
	`until` integer NOT NULL,
	PRIMARY KEY(`account`, `route`, `key`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `idempotency_until` ON `idempotency` (`until`);--> statement-breakpoint
CREATE TABLE `officers` (
	`id` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`role` text NOT NULL,
	`unit` text NOT NULL,
	`public_name` text NOT NULL,
	`badge` text,
	`password` text NOT NULL,
	`one_time_until` integer,
	`disabled_at` integer,
	`version` integer NOT NULL,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `officers_username` ON `officers` (`username`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_digest` text PRIMARY KEY NOT NULL,
	`officer` text NOT NULL,
	`expires_at` integer NOT NULL,
	`on_duty` integer NOT NULL,
	`present_until` integer NOT NULL,
	FOREIGN KEY (`officer`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `sessions_officer` ON `sessions` (`officer`);--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `case_events` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`case_id` text NOT NULL,
	`version` integer NOT NULL,
	`verb` text NOT NULL,
	`actor_kind` text NOT NULL,
	`actor` text,
	`at` integer NOT NULL,
	`reason_code` text,
	`reason` blob,
	`data` text,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`actor`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `case_events_id` ON `case_events` (`id`);--> statement-breakpoint
CREATE INDEX `case_events_case` ON `case_events` (`case_id`,`seq`);--> statement-breakpoint
CREATE TABLE `case_subjects` (
	`case_id` text NOT NULL,
	`subject` text NOT NULL,
	`kind` text NOT NULL,
	PRIMARY KEY(`case_id`, `subject`),
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `case_subjects_subject` ON `case_subjects` (`subject`);--> statement-breakpoint
CREATE TABLE `case_ties` (
	`case_id` text PRIMARY KEY NOT NULL,
	`sealed` blob NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `cases` (
	`id` text PRIMARY KEY NOT NULL,
	`reference` text NOT NULL,
	`code_digest` blob NOT NULL,
	`alias` text NOT NULL,
	`kind` text NOT NULL,
	`about` text,
	`topic` text,
	`topic_version` integer,
	`topic_labels` text,
	`status` text NOT NULL,
	`open` integer NOT NULL,
	`outcome` text,
	`confirmation` text,
	`version` integer NOT NULL,
	`sealed` integer NOT NULL,
	`unit` text NOT NULL,
	`station` text NOT NULL,
	`team_concerned` text,
	`area` text,
	`owner` text,
	`subjects` text NOT NULL,
	`conversation` text,
	`locale` text NOT NULL,
	`opened_at` integer NOT NULL,
	`due_at` integer,
	`due_key` integer NOT NULL,
	`due_why` text,
	`answered_at` integer,
	`closed_at` integer,
	`reopened` integer NOT NULL,
	`handed_back` integer NOT NULL,
	`domestic_violence` integer NOT NULL,
	`first_answered_at` integer,
	`updated_seq` integer NOT NULL,
	`last_inbound_seq` integer DEFAULT 0 NOT NULL,
	`last_read_seq` integer DEFAULT 0 NOT NULL,
	`key` text NOT NULL,
	`summary` blob NOT NULL,
	`content` blob NOT NULL,
	`contact` blob,
	`legal_hold` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`station`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_concerned`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`conversation`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`key`) REFERENCES `keys`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `cases_reference` ON `cases` (`reference`);--> statement-breakpoint
CREATE INDEX `cases_due` ON `cases` (`station`,`due_key`,`id`,`sealed`,`status`,`kind`,`about`,`team_concerned`,`unit`,`owner`,`topic`,`area`);--> statement-breakpoint
CREATE INDEX `cases_opened` ON `cases` (`station`,`opened_at`,`id`,`due_key`,`sealed`,`status`,`kind`,`about`,`team_concerned`,`unit`,`owner`,`topic`,`area`);--> statement-breakpoint
CREATE INDEX `cases_updated` ON `cases` (`station`,`updated_seq`,`id`,`due_key`,`sealed`,`status`,`kind`,`about`,`team_concerned`,`unit`,`owner`,`topic`,`area`);--> statement-breakpoint
CREATE INDEX `cases_sealed` ON `cases` (`station`,`due_key`,`id`,`sealed`,`status`,`kind`,`about`,`team_concerned`,`unit`,`owner`,`topic`,`area`) WHERE sealed = 1;--> statement-breakpoint
CREATE INDEX `cases_owner` ON `cases` (`owner`,`due_key`,`id`) WHERE owner is not null;--> statement-breakpoint
CREATE INDEX `cases_conversation` ON `cases` (`conversation`,`id`) WHERE conversation is not null;--> statement-breakpoint
CREATE TABLE `due_history` (
	`case_id` text NOT NULL,
	`seq` integer NOT NULL,
	`due_at` integer,
	`why` text,
	PRIMARY KEY(`case_id`, `seq`),
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `emergencies` (
	`id` text PRIMARY KEY NOT NULL,
	`level` text NOT NULL,
	`message` text NOT NULL,
	`case_id` text,
	`station` text NOT NULL,
	`to_inspection` integer NOT NULL,
	`alias` text NOT NULL,
	`rule` text NOT NULL,
	`rule_date` text NOT NULL,
	`raised_at` integer NOT NULL,
	`acknowledged_by` text,
	`acknowledged_at` integer,
	FOREIGN KEY (`acknowledged_by`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `emergencies_open` ON `emergencies` (`raised_at`) WHERE acknowledged_at is null;--> statement-breakpoint
CREATE INDEX `emergencies_raised` ON `emergencies` (`raised_at`);--> statement-breakpoint
CREATE INDEX `emergencies_message` ON `emergencies` (`message`);--> statement-breakpoint
CREATE TABLE `notes` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`officer` text NOT NULL,
	`at` integer NOT NULL,
	`text` blob NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`officer`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `notes_case` ON `notes` (`case_id`,`at`);--> statement-breakpoint
CREATE TABLE `promises` (
	`case_id` text NOT NULL,
	`kind` text NOT NULL,
	`nth` integer NOT NULL,
	`due_at` integer NOT NULL,
	`why` text,
	`kept_at` integer,
	`handled_at` integer,
	PRIMARY KEY(`case_id`, `kind`, `nth`),
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `promises_due` ON `promises` (`due_at`) WHERE kept_at is null and handled_at is null;--> statement-breakpoint
CREATE INDEX `promises_open` ON `promises` (`due_at`) WHERE kept_at is null;--> statement-breakpoint
CREATE TABLE `areas` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`parent` text,
	`unit` text,
	`labels` text NOT NULL,
	`valid_until` integer,
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `areas_code` ON `areas` (`code`);--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `topics` (
	`code` text NOT NULL,
	`version` integer NOT NULL,
	`place` integer NOT NULL,
	`kinds` text NOT NULL,
	`labels` text NOT NULL,
	`words` text NOT NULL,
	`unit` text,
	`targets` text,
	`domestic_violence` integer NOT NULL,
	`valid_until` integer,
	PRIMARY KEY(`code`, `version`),
	FOREIGN KEY (`unit`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `units` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`parent` text,
	`kind` text NOT NULL,
	`inspects` integer NOT NULL,
	`labels` text NOT NULL,
	`valid_until` integer
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `units_code` ON `units` (`code`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`officer` text,
	`unit` text NOT NULL,
	`topic` text,
	`case_id` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `contacts_case` ON `contacts` (`case_id`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id_digest` blob PRIMARY KEY NOT NULL,
	`contact` text NOT NULL,
	`source` text NOT NULL,
	`sealed` blob,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`contact`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_contact` ON `invitations` (`contact`);--> statement-breakpoint
CREATE TABLE `rating_ties` (
	`rating` text PRIMARY KEY NOT NULL,
	`sealed` blob NOT NULL,
	FOREIGN KEY (`rating`) REFERENCES `ratings`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `ratings` (
	`id` text PRIMARY KEY NOT NULL,
	`officer` text,
	`unit` text NOT NULL,
	`topic` text,
	`source` text NOT NULL,
	`month` text NOT NULL,
	`level` integer NOT NULL,
	`reasons_version` integer NOT NULL,
	`reasons` text NOT NULL,
	`comment` blob,
	`excluded` text
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `ratings_month` ON `ratings` (`month`,`id`);--> statement-breakpoint
CREATE TABLE `allowances` (
	`subject_digest` blob NOT NULL,
	`kind` text NOT NULL,
	`count` integer NOT NULL,
	`window_at` integer NOT NULL,
	PRIMARY KEY(`subject_digest`, `kind`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `allowances_window` ON `allowances` (`window_at`);--> statement-breakpoint
CREATE TABLE `attachments` (
	`id` text PRIMARY KEY NOT NULL,
	`message` text NOT NULL,
	`conversation` text,
	`case_id` text,
	`kind` text NOT NULL,
	`mime` text,
	`bytes` integer,
	`state` text NOT NULL,
	`why` text,
	`cipher_sha256` text,
	`sealed` blob NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `attachments_message` ON `attachments` (`message`);--> statement-breakpoint
CREATE INDEX `attachments_case` ON `attachments` (`case_id`) WHERE case_id is not null;--> statement-breakpoint
CREATE TABLE `conversations` (
	`id` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`bot` text NOT NULL,
	`address_tag` blob NOT NULL,
	`key` text NOT NULL,
	`address` blob NOT NULL,
	`memory` blob NOT NULL,
	`locale` text NOT NULL,
	`reachable` integer NOT NULL,
	`allowance` text NOT NULL,
	`touched_at` integer NOT NULL,
	FOREIGN KEY (`key`) REFERENCES `keys`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_address` ON `conversations` (`address_tag`);--> statement-breakpoint
CREATE INDEX `conversations_touched` ON `conversations` (`touched_at`);--> statement-breakpoint
CREATE TABLE `keys` (
	`id` text PRIMARY KEY NOT NULL,
	`of` text NOT NULL,
	`wrapped` blob,
	`wrapped_by` text NOT NULL,
	`created_at` integer,
	`destroyed_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `messages` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`key` blob,
	`conversation` text,
	`case_id` text,
	`direction` text NOT NULL,
	`from_kind` text NOT NULL,
	`hidden` integer DEFAULT 0 NOT NULL,
	`body` blob NOT NULL,
	`edits` blob,
	`at` integer NOT NULL,
	`in_reply_to` text,
	`state` text,
	`lane` text,
	`channel` text,
	`run` text,
	`lease_until` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`possibly_repeated` integer DEFAULT 0 NOT NULL,
	`parts` text,
	`due_at` integer,
	`replaces` text,
	`secret` blob,
	`reason` text,
	`settled_at` integer,
	`sent_at` integer,
	`purpose` text,
	FOREIGN KEY (`conversation`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_id` ON `messages` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `messages_key` ON `messages` (`key`) WHERE key is not null;--> statement-breakpoint
CREATE INDEX `messages_conversation` ON `messages` (`conversation`,`seq`) WHERE conversation is not null;--> statement-breakpoint
CREATE INDEX `messages_case` ON `messages` (`case_id`,`seq`) WHERE case_id is not null;--> statement-breakpoint
CREATE INDEX `messages_reply` ON `messages` (`in_reply_to`) WHERE in_reply_to is not null;--> statement-breakpoint
CREATE INDEX `messages_lane` ON `messages` (`lane`,`seq`) WHERE lane is not null;--> statement-breakpoint
CREATE INDEX `messages_pending` ON `messages` (`seq`,`due_at`,`channel`) WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX `messages_leased` ON `messages` (`lease_until`,`channel`) WHERE state = 'leased';--> statement-breakpoint
CREATE INDEX `messages_dead` ON `messages` (`state`) WHERE state = 'failed';--> statement-breakpoint
CREATE INDEX `messages_repeated` ON `messages` (`possibly_repeated`) WHERE possibly_repeated = 1;--> statement-breakpoint
CREATE TABLE `raw_inbound` (
	`key` blob PRIMARY KEY NOT NULL,
	`sealed` blob NOT NULL,
	`kept_until` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `raw_inbound_kept` ON `raw_inbound` (`kept_until`);
--> statement-breakpoint
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit-update'); END;
--> statement-breakpoint
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit-delete'); END;
--> statement-breakpoint
CREATE TRIGGER audit_next_only BEFORE INSERT ON audit
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit WHERE chain = NEW.chain)
  OR NEW.prev <> coalesce((SELECT hash FROM audit WHERE chain = NEW.chain ORDER BY seq DESC LIMIT 1), zeroblob(32))
BEGIN SELECT RAISE(ABORT, 'audit-order'); END;
--> statement-breakpoint
CREATE VIRTUAL TABLE search USING fts5(tokens, tokenize='ascii', detail=none, content='', contentless_delete=1);
--> statement-breakpoint
INSERT INTO search (search, rank) VALUES ('automerge', 0);
--> statement-breakpoint
INSERT INTO search (search, rank) VALUES ('crisismerge', 64);
