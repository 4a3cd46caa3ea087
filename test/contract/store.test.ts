import { sqliteAdapter } from '../store/adapter.ts';
import { storeContract } from './store.ts';

storeContract('sqlite', sqliteAdapter);
