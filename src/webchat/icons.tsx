/** Drawn on a 24 × 24 field in the colour of the words beside them; they say nothing that the words don't. */
const shapes = {
  report: 'M4 5h16v11H9l-5 4zM8 9h8M8 12.5h5',
  help: 'M12 20.5C5 16 3.5 12.5 3.5 9A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8.5 2c0 3.500-1.500 7-8.500 11.500z',
  rate: 'M12 3.500l2.600 5.400 5.900.8-4.300 4.100 1.100 5.900L12 16.900l-5.300 2.800 1.100-5.900L3.500 9.700l5.900-.8z',
  mine: 'M6 3.500h9l4 4V20.500H6zM9.500 11h6M9.500 14.500h6M9.500 7.500h3',
  human: 'M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500c.6-4 3.500-6 7.500-6s6.900 2 7.500 6',
  camera: 'M4 7.500h3.500L9 5h6l1.500 2.500H20v11.500H4zM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z',
  album: 'M4 5h16v14H4zM4 16l5-5 4.500 4.500L16 13l4 4M15.500 9.500h.01',
  place:
    'M12 21c-4-4.500-6.500-7.500-6.500-11a6.500 6.500 0 0 1 13 0c0 3.500-2.500 6.500-6.500 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  search: 'M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500L20.500 20.500',
  home: 'M4 11l8-7 8 7v9h-5.500v-6h-5v6H4z',
  phone: 'M7.500 3h9v18h-9zM11 18h2',
  plus: 'M12 5v14M5 12h14',
  send: 'M12 19V5M6 11l6-6 6 6',
  close: 'M6 6l12 12M18 6L6 18',
  leave: 'M14 4h5.500v16H14M10.500 8l-4 4 4 4M7 12h9',
  badge: 'M12 3c3 2 6 2.500 8 2.500V11c0 5-3.500 8-8 10-4.500-2-8-5-8-10V5.500C6 5.500 9 5 12 3zM9 12l2.200 2.200L15.500 10',
  machine: 'M5 9h14v10H5zM12 9V5M12 5h.01M9 13.500h.01M15 13.500h.01M9.500 16.500h5',
  down: 'M12 5v14M6 13l6 6 6-6',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  copy: 'M9 8.500h10.500V20.500H9zM5.500 15.500H4.500V3.500H15v1.500',
  edit: 'M5 19l1-4L16.500 4.500l3 3L9 18z',
  language: 'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17zM3.500 12h17M12 3.500c-5 5-5 12 0 17 5-5 5-12 0-17z',
} as const;
export type IconName = keyof typeof shapes;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}
