import * as bot from './bot.ts';
import { answerCallbackQuery } from './callbacks.ts';
import { deleteMessage, editMessageReplyMarkup, editMessageText } from './edit.ts';
import { getFile, sendMediaGroup, sendOne } from './media.ts';
import type { Method } from './method.ts';
import * as profile from './profile.ts';
import { deleteWebhook, getUpdates, getWebhookInfo, setWebhook } from './receive.ts';
import { sendChatAction, sendMessage } from './send.ts';

const all: Readonly<Record<string, Method>> = {
  getMe: bot.getMe,
  close: bot.close,
  logOut: bot.logOut,
  leaveChat: bot.leaveChat,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  sendMessage,
  sendChatAction,
  sendPhoto: sendOne('photo'),
  sendVideo: sendOne('video'),
  sendVoice: sendOne('voice'),
  sendAudio: sendOne('audio'),
  sendDocument: sendOne('document'),
  sendMediaGroup,
  editMessageText,
  editMessageReplyMarkup,
  deleteMessage,
  answerCallbackQuery,
  setMyCommands: profile.setMyCommands,
  getMyCommands: profile.getMyCommands,
  deleteMyCommands: profile.deleteMyCommands,
  setMyDescription: profile.setMyDescription,
  getMyDescription: profile.getMyDescription,
  setMyShortDescription: profile.setMyShortDescription,
  getMyShortDescription: profile.getMyShortDescription,
  setChatMenuButton: profile.setChatMenuButton,
  getChatMenuButton: profile.getChatMenuButton,
  getFile,
};

const bySpelling = new Map(Object.entries(all).map(([name, act]) => [name.toLowerCase(), { name, act }]));

/** The method of a name, however its letters are cased; undefined where there is none. */
export const methodCalled = (name: string): { name: string; act: Method } | undefined => bySpelling.get(name.toLowerCase());
