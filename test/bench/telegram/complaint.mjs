// The complaint about service, every step of it, as a resident taps and types it on Telegram.

/** `tap`: a button whose data has this part; `say`: words. The last answer names the case. */
export const steps = [
  { say: '/start' },
  { tap: 'report' },
  { say: '昨天下午去窗口办居住证，等了两个小时没有人叫号，问了三次都说再等等' },
  { tap: 'complaint' },
  { tap: 'service' },
  { tap: 'skip' },
  { tap: 'skip' },
  { tap: 'skip' },
  { tap: 'hidden' },
  { tap: 'file' },
];

export const REFERENCE = /[0-9A-Z]{4}-[0-9A-Z]{4}/;

/** What the references ask after each step, in the words and with the buttons of one that is answered by `steps`. */
export const questions = [
  { text: '您好，这里是派出所的聊天。要做什么？', taps: ['report', 'help', 'rate'] },
  { text: '出了什么事？几个字也行。', taps: [] },
  { text: '记下了。这是哪一种？', taps: ['problem', 'suggestion', 'praise', 'complaint'] },
  { text: '说的是谁？', taps: ['service', 'unit', 'officer'] },
  { text: '哪个组？不知道就跳过。', taps: ['community', 'household', 'skip'] },
  { text: '在哪里？可以跳过。', taps: ['skip'] },
  { text: '有照片吗？可以跳过。', taps: ['skip'] },
  { text: '要不要留名字？', taps: ['hidden', 'named'] },
  { text: '请您看一遍，点“交上去”才算数。', taps: ['file', 'cancel'] },
  { text: '收到了。编号 ABCD-EFGH，查询码 JKMN-PQRS。', taps: [] },
];

/** A question's buttons as Telegram takes them. */
export const keyboardOf = ({ taps }) =>
  taps.length === 0 ? undefined : { inline_keyboard: taps.map((data) => [{ text: data, callback_data: data }]) };

/** All buttons of all questions under one message: for a bot that knows no step. */
export const everyButton = {
  inline_keyboard: [...new Set(questions.flatMap(({ taps }) => taps))].map((data) => [{ text: data, callback_data: data }]),
};
