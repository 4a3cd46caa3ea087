import { createRoot } from 'react-dom/client';
import './console.css';
import { Console } from './frame/console.tsx';
import { giveStylesTheNonce } from './nonce.ts';
import { preferredLanguage, speak } from './words/words.ts';

const nonce = giveStylesTheNonce(document);
await speak(preferredLanguage());
const place = document.getElementById('console');
if (place) createRoot(place).render(<Console nonce={nonce} />);
