import type { ImportBatch, ImportKind, RowOutcome } from '../capture/index.ts';
import { addUser, changeUser, findUserByEmail } from '../platform/access/index.ts';
import type { Role } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { blankHolder, changeHolder } from './change-holder.ts';
import {
  addHolders,
  findHoldersNamed,
  findHouseZone,
  findImportedHolders,
  findImportedUsers,
  removeHolders,
  removeInvitedUsers,
} from './holders.store.ts';

/** People who work leads, from another system's list of users: each becomes an invited user without a password, and a rep. */
export const usersImport: ImportKind = {
  kind: 'users',
  label: 'Users and reps',
  matchedBy: { fields: ['externalId', 'email'], sentence: 'A row finds its rep by the id there or the mail address; a known one is left as is.' },
  updates: false,
  fields: [
    {
      name: 'externalId',
      label: 'Id in the other system',
      type: 'text',
      synonyms: ['id', 'user id', 'record id', 'owner id', 'userid', 'sales rep id', 'sr id', 'benutzer id'],
    },
    {
      name: 'fullName',
      label: 'Name',
      type: 'text',
      synonyms: ['name', 'full name', 'user', 'user name', 'rep', 'sales rep', 'owner', 'lead owner', 'benutzer', 'mitarbeiter', 'verkäufer', 'nombre', 'nombre completo', 'nom complet', 'utilisateur', 'usuario', 'usuário', 'nome', 'nome completo', 'gebruiker', 'naam', 'utente', 'venditore'],
    },
    { name: 'givenName', label: 'First name', type: 'text', synonyms: ['first name', 'given name', 'vorname', 'prenom', 'nombre de pila', 'primeiro nome', 'voornaam', 'nome di battesimo'] },
    {
      name: 'familyName',
      label: 'Last name',
      type: 'text',
      synonyms: ['last name', 'family name', 'surname', 'nachname', 'nom', 'nom de famille', 'apellido', 'apellidos', 'sobrenome', 'apelido', 'achternaam', 'cognome'],
    },
    { name: 'email', label: 'Mail address', type: 'email', synonyms: ['email', 'e-mail', 'mail', 'email address', 'user email', 'e mail adresse', 'courriel', 'correo', 'correo electrónico', 'e mailadres', 'indirizzo email'] },
    { name: 'phone', label: 'Phone', type: 'phone', synonyms: ['phone', 'mobile', 'telephone', 'telefon', 'téléphone', 'telefono', 'teléfono', 'telefone', 'telefoon'] },
    { name: 'role', label: 'Role', type: 'text', synonyms: ['role', 'profile', 'rolle', 'rôle', 'rol', 'cargo', 'função', 'perfil', 'ruolo', 'functie'] },
    { name: 'country', label: 'Country', type: 'country', synonyms: ['country', 'land', 'pais', 'país', 'pays', 'paese'] },
    { name: 'active', label: 'Active', type: 'boolean', synonyms: ['active', 'status', 'is active', 'enabled', 'aktiv', 'actif', 'activo', 'ativo', 'actief', 'attivo'] },
  ],
  apply,
  undo,
};

async function apply(tx: Tx, cx: Context, batch: ImportBatch): Promise<RowOutcome[]> {
  const zone = await findHouseZone(tx);
  const text = (values: Record<string, unknown>, key: string): string | null =>
    typeof values[key] === 'string' ? values[key].trim() || null : null;
  const rows = batch.rows.map(({ row, values }) => ({
    row,
    externalId: text(values, 'externalId'),
    email: text(values, 'email'),
    name:
      text(values, 'fullName') ??
      ([text(values, 'givenName'), text(values, 'familyName')].filter(Boolean).join(' ') ||
        text(values, 'email') ||
        text(values, 'externalId')),
    phone: text(values, 'phone'),
    country: text(values, 'country'),
    role: roleOf(text(values, 'role')),
    active: values['active'] !== false,
  }));
  const keysOf = (r: { externalId: string | null; email: string | null }): string[] =>
    [r.externalId, r.email].filter((x) => x !== null).map((x) => x.toLowerCase());
  const known = new Set((await findHoldersNamed(tx, rows.flatMap(keysOf))).flatMap(keysOf));
  const outcomes: RowOutcome[] = [];
  const holders = [];
  for (const user of rows) {
    if (!user.name) {
      outcomes.push({
        row: user.row,
        outcome: 'problem',
        field: 'fullName',
        sentence: 'This row names nobody: it needs a name, a mail address or an id.',
      });
      continue;
    }
    if (keysOf(user).some((key) => known.has(key))) {
      outcomes.push({ row: user.row, outcome: 'matched' });
      continue;
    }
    keysOf(user).forEach((key) => known.add(key));
    const createdAt = cx.clock.now();
    const holderId = cx.ids.next();
    const existing = user.email ? await findUserByEmail(tx, user.email) : undefined;
    const userId = existing?.id ?? cx.ids.next();
    if (existing) await changeUser(tx, userId, { holderId });
    else
      await addUser(tx, {
        id: userId,
        email: user.email,
        name: user.name,
        roles: [user.role],
        holderId,
        externalId: user.externalId,
        status: user.active ? 'invited' : 'disabled',
        createdAt,
        importId: batch.importId,
      });
    holders.push({
      ...blankHolder(zone),
      id: holderId,
      kind: 'rep' as const,
      name: user.name,
      email: user.email,
      phone: user.phone,
      country: user.country,
      externalId: user.externalId,
      userId,
      active: user.active,
      importId: batch.importId,
      createdAt,
    });
    outcomes.push({ row: user.row, outcome: 'new' });
  }
  await addHolders(tx, holders);
  return outcomes;
}

/** Who never held a lead and never signed in goes; the others stop working leads, which moves what they hold. */
async function undo(tx: Tx, cx: Context, importId: string): Promise<void> {
  const holders = await findImportedHolders(tx, importId);
  for (const user of await findImportedUsers(tx, importId)) await changeUser(tx, user.id, { status: 'disabled', holderId: null });
  for (const holder of holders) if (holder.held && holder.active) await changeHolder(tx, cx, holder.id, { active: false });
  await removeHolders(
    tx,
    holders.filter((h) => !h.held).map((h) => h.id),
  );
  await removeInvitedUsers(tx, importId);
}

function roleOf(text: string | null): Role {
  if (text && /manager|leiter|jefe|director/i.test(text)) return 'sales_manager';
  if (text && /marketing/i.test(text)) return 'marketing';
  return 'rep';
}
