import { isObject, type Payload, stringAt } from '../asked.ts';
import { Refusal } from '../refusal.ts';
import type { Template, Wechat } from '../wechat.ts';
import { followerOrRefuse, type Method } from './method.ts';

/** What may be sent outside the window: template messages (模板消息), and notices that a resident agreed to (订阅通知). */
export const notice: Readonly<Record<string, Method>> = {
  'message/template/send': {
    verb: 'POST',
    needsToken: true,
    act(wechat, { payload }) {
      const follower = followerOrRefuse(wechat, stringAt(payload, 'touser'));
      if (!follower.follows) throw new Refusal(43004);
      const template = templateOrRefuse(wechat, payload, false);
      const id = wechat.newTemplateMessageId();
      const refused = follower.refusesTemplates;
      if (!refused) wechat.tell(follower, { via: 'template', kind: 'template', text: filled(template, payload), payload });
      wechat.pushEvent(follower, 'TEMPLATESENDJOBFINISH', { MsgID: id, Status: refused ? 'failed:user block' : 'success' });
      return { msgid: Number(id) };
    },
  },
  'message/subscribe/bizsend': {
    verb: 'POST',
    needsToken: true,
    act(wechat, { payload }) {
      const follower = followerOrRefuse(wechat, stringAt(payload, 'touser'));
      const template = templateOrRefuse(wechat, payload, true);
      const left = follower.consents.get(template.template_id) ?? 0;
      if (left === 0) throw new Refusal(43101);
      follower.consents.set(template.template_id, left - 1);
      wechat.tell(follower, { via: 'subscription', kind: 'template', text: filled(template, payload), payload });
      return {};
    },
  },
  'template/get_all_private_template': {
    verb: 'GET',
    needsToken: true,
    bare: true,
    act(wechat) {
      const industry = { primary_industry: '政府与公共事业', deputy_industry: '公安' };
      const list = wechat.templates.filter(({ subscription }) => !subscription);
      return { template_list: list.map(({ template_id, title, content }) => ({ template_id, title, ...industry, content, example: '' })) };
    },
  },
};

function templateOrRefuse(wechat: Wechat, payload: Payload, subscription: boolean): Template {
  const id = stringAt(payload, 'template_id');
  const template = wechat.templates.find((one) => one.template_id === id && one.subscription === subscription);
  if (!template) throw new Refusal(40037);
  return template;
}

/** The template's words with what the call fills in: `{{thing1.DATA}}`. */
function filled({ content }: Template, { data }: Payload): string {
  if (!isObject(data)) throw new Refusal(47001);
  return content.replace(/\{\{(\w+)\.DATA\}\}/g, (_, name: string) => stringAt(data[name], 'value'));
}
