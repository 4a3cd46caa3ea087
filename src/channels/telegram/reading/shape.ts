import { z } from 'zod';

/** A field that is not as it should be is as if it were not there: what is good beside it is still taken. */
const maybe = <T extends z.ZodType>(shape: T) => shape.optional().catch(undefined);

const whole = z.number().int();
const file = z.object({
  file_id: z.string().min(1).max(500),
  file_size: maybe(z.number().nonnegative()),
  file_name: maybe(z.string().max(500)),
  width: maybe(z.number()),
  height: maybe(z.number()),
});
export type TelegramFile = z.infer<typeof file>;

const point = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) });
/** As far as they can be read; undefined where none can. */
const files = z
  .array(maybe(file))
  .transform((sizes) => sizes.filter((size) => size !== undefined))
  .refine((sizes) => sizes.length > 0);

const chat = z.object({ id: whole, type: z.string() });
const sender = z.object({ language_code: maybe(z.string()) });

/** What we read of a message (core.telegram.org/bots/api#message). */
export const message = z.looseObject({
  message_id: maybe(whole),
  chat,
  from: maybe(sender),
  date: maybe(whole),
  text: maybe(z.string()),
  caption: maybe(z.string()),
  photo: maybe(files),
  video: maybe(file),
  video_note: maybe(file),
  animation: maybe(file),
  voice: maybe(file),
  audio: maybe(file),
  document: maybe(file),
  sticker: maybe(z.object({ emoji: maybe(z.string()) })),
  location: maybe(point),
  venue: maybe(z.object({ location: maybe(point), title: maybe(z.string()), address: maybe(z.string()) })),
  contact: maybe(z.object({ phone_number: maybe(z.string()), first_name: maybe(z.string()), last_name: maybe(z.string()) })),
  media_group_id: maybe(z.string().max(100)),
  reply_to_message: maybe(z.object({ message_id: whole })),
});
export type Message = z.infer<typeof message>;

const keyboard = z.object({
  inline_keyboard: z.array(z.array(z.looseObject({ text: z.string(), callback_data: maybe(z.string()) }))),
});

export const callbackQuery = z.object({
  id: z.string(),
  from: sender.extend({ id: whole }),
  message: maybe(z.object({ message_id: whole, chat, reply_markup: maybe(keyboard) })),
  data: maybe(z.string()),
});
export type CallbackQuery = z.infer<typeof callbackQuery>;

export const chatMember = z.object({
  chat,
  from: maybe(sender),
  new_chat_member: z.object({ status: z.string() }),
});

/** An update (core.telegram.org/bots/api#update), its content still unread. */
export const update = z.looseObject({ update_id: whole.nonnegative() });
export type Update = z.infer<typeof update>;
