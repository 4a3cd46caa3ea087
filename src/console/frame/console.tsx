import { QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import { client } from '../api/client.ts';
import { Gate } from './gate.tsx';
import { Look } from './look.tsx';

/** The whole console: who is not signed in sees the way in, everybody else the pages of their role. */
export function Console({ nonce }: { nonce: string }) {
  return (
    <QueryClientProvider client={client}>
      <Look nonce={nonce}>
        <Router base="/console">
          <Gate />
        </Router>
      </Look>
    </QueryClientProvider>
  );
}
