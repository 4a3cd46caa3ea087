import type { Page } from 'playwright-core';

/** A page as its reader may find it: who, where, and what is done to it first. */
export interface Scene {
  name: string;
  who: string;
  at: string;
  does?: (page: Page) => Promise<void>;
}
const button = (page: Page, nth = 0) => page.locator('main button.ant-btn').nth(nth).click();
const pane = (nth: number) => async (page: Page) => {
  const item = page.locator('.panes .ant-segmented-item').nth(nth);
  if (await item.isVisible()) await item.click();
};
const openMenu = async (page: Page) => {
  await page.locator('.acts [aria-haspopup=menu]').click();
  await page.getByRole('menu').waitFor();
};
/** Every page and dialog of a desk where things happen; `reference` names a case with a conversation, a photo and a note. */
export const scenesWith = (reference: string): Scene[] => [
  { name: 'queue', who: 'wangmin', at: '/' },
  { name: 'queue, why due', who: 'wangmin', at: '/', does: (page) => page.locator('.due').first().click() },
  { name: 'queue, a filter open', who: 'wangmin', at: '/', does: (page) => page.locator('.filter').first().click() },
  { name: 'queue, sealed', who: 'duchen', at: '/' },
  { name: 'account menu', who: 'wangmin', at: '/', does: (page) => page.locator('.account').click() },
  { name: 'shortcuts', who: 'wangmin', at: '/', does: (page) => page.keyboard.press('?') },
  { name: 'case', who: 'wangmin', at: `/cases/${reference}` },
  { name: 'case, facts', who: 'wangmin', at: `/cases/${reference}`, does: pane(1) },
  { name: 'case, history', who: 'wangmin', at: `/cases/${reference}`, does: pane(2) },
  { name: 'case, acts', who: 'zhaoqiang', at: `/cases/${reference}`, does: openMenu },
  {
    name: 'case, handing over',
    who: 'zhaoqiang',
    at: `/cases/${reference}`,
    does: async (page) => {
      await openMenu(page);
      await page.getByRole('menuitem').first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'case, passing to inspection',
    who: 'wangmin',
    at: `/cases/${reference}`,
    does: async (page) => {
      await openMenu(page);
      await page.getByRole('menuitem').last().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'case, answering',
    who: 'wangmin',
    at: `/cases/${reference}`,
    does: (page) => page.locator('.reply .ant-segmented-item').nth(1).click(),
  },
  {
    name: 'case, a photo',
    who: 'wangmin',
    at: `/cases/${reference}`,
    does: async (page) => {
      await page.locator('.thumb').first().click();
      await page.locator('img.lightbox').waitFor();
    },
  },
  { name: 'new case', who: 'wangmin', at: '/new' },
  { name: 'deliveries', who: 'wangmin', at: '/deliveries' },
  { name: 'figures', who: 'zhaoqiang', at: '/figures' },
  { name: 'figures of my own', who: 'wangmin', at: '/figures' },
  { name: 'ratings', who: 'duchen', at: '/ratings' },
  { name: 'accounts', who: 'guanli', at: '/officers' },
  {
    name: 'accounts, adding',
    who: 'guanli',
    at: '/officers',
    does: async (page) => {
      await button(page);
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'accounts, changing',
    who: 'duchen',
    at: '/officers',
    does: async (page) => {
      await page.locator('main table button, main .card button').first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'audit', who: 'duchen', at: '/audit' },
  { name: 'setup', who: 'guanli', at: '/setup' },
  { name: 'password', who: 'wangmin', at: '/password' },
];
/** The pages as a desk shows them where nothing is, or nothing can be read. */
export const bareScenes: readonly Scene[] = [
  { name: 'queue', who: 'zhaoqiang', at: '/' },
  { name: 'case', who: 'zhaoqiang', at: '/cases/ABCD2345' },
  { name: 'deliveries', who: 'zhaoqiang', at: '/deliveries' },
  { name: 'accounts', who: 'guanli', at: '/officers' },
  { name: 'audit', who: 'guanli', at: '/audit' },
  { name: 'setup', who: 'guanli', at: '/setup' },
];
