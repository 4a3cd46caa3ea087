CREATE TABLE `low_ratings` (
	`unit` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`reasons` text NOT NULL,
	`officers` text NOT NULL
) STRICT;
