-- What was said under seal in answer to a message of the conversation named that message: it tied the two.
UPDATE `messages` SET `in_reply_to` = NULL
WHERE `direction` = 'out' AND `conversation` IS NULL AND `case_id` IS NOT NULL
  AND `in_reply_to` IN (SELECT `id` FROM `messages` WHERE `conversation` IS NOT NULL);
