import { App, ConfigProvider, type ThemeConfig } from 'antd';
import en from 'antd/es/locale/en_US';
import zh from 'antd/es/locale/zh_CN';
import type { ReactNode } from 'react';
import { type Language, useWords } from '../words/words.ts';

const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

/** One accent; every colour of words keeps 4.5:1 on the page's grounds, and no type is under 16 px. */
const theme: ThemeConfig = {
  token: {
    colorPrimary: '#14507a',
    colorInfo: '#14507a',
    colorLink: '#14507a',
    colorError: '#b3261e',
    colorWarning: '#8a5a00',
    colorSuccess: '#1c6b3f',
    colorTextBase: '#1b2229',
    colorText: '#1b2229',
    colorTextSecondary: '#4d5963',
    colorTextTertiary: '#5a6670',
    colorTextDescription: '#4d5963',
    colorTextPlaceholder: '#66717b',
    colorBorder: '#8b959e',
    colorBorderSecondary: '#dde2e6',
    colorBgLayout: '#f5f7f8',
    colorErrorBg: '#fdeceb',
    colorErrorBorder: '#e3a7a3',
    colorWarningBg: '#fdf3dd',
    colorWarningBorder: '#dcc084',
    colorSuccessBg: '#e6f3ea',
    colorSuccessBorder: '#a5cdb3',
    colorInfoBg: '#e4eef5',
    colorInfoBorder: '#c5d9e8',
    fontSize: 16,
    fontSizeSM: 16,
    fontSizeLG: 18,
    controlHeight: 40,
    controlHeightSM: 32,
    borderRadius: 8,
    fontFamily: "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif",
    motion: !calm,
  },
  components: {
    Table: { cellPaddingBlock: 12, cellPaddingInline: 12, headerBg: '#eef2f4', rowHoverBg: '#f3f7fa' },
    Modal: { titleFontSize: 20 },
  },
};

const libraryWords: Record<Language, typeof zh> = { 'zh-CN': zh, en };

/** Lists and menus that open belong to the page's main part: what lies outside every landmark is lost to a screen reader. */
const popupPlace = (): HTMLElement => document.getElementById('page') ?? document.body;

/** The component library in our colours, language and content security policy. */
export function Look({ nonce, children }: { nonce: string; children: ReactNode }) {
  const { language } = useWords();
  return (
    <ConfigProvider
      csp={{ nonce }}
      theme={theme}
      locale={libraryWords[language]}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      getPopupContainer={popupPlace}
    >
      <App component={false} message={{ maxCount: 2 }}>
        {children}
      </App>
    </ConfigProvider>
  );
}
