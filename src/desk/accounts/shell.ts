import type { Officer, Role } from '../../domain/officer.ts';

/**
 * Whether the command line may make, reset or disable this account. Inspectors' accounts are inspectors' to touch:
 * from the shell only where no other inspector stands who could do it, and it shows in the record.
 */
export function mayManageFromShell(officers: readonly Officer[], touched: { username: string; role: Role }): boolean {
  if (touched.role !== 'inspector') return true;
  return !officers.some(
    ({ role, username, disabledAt }) => role === 'inspector' && disabledAt === undefined && username !== touched.username,
  );
}
