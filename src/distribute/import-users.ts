import type { ImportBatch, ImportKind, RowOutcome } from '../capture/index.ts';
import { addUser, changeUser, findUserByEmail } from '../platform/access/index.ts';
import type { Role } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { append } from '../journal/index.ts';
import { blankHolder, changeHolder } from './change-holder.ts';
import {
  addHolders,
  bareCompleted,
  bareHolders,
  bringBackHolders,
  completeHolders,
  findHoldersNamed,
  findHouseZone,
  findImportedHolders,
  findImportedUsers,
  findRepsOfOnlyName,
  removeInvitedUsers,
  type ByImport,
  type Completed,
} from './holders.store.ts';

/** People who work leads, from another system's list of users: each becomes an invited user without a password, and a rep. */
export const usersImport: ImportKind = {
  kind: 'users',
  label: 'Users and reps',
  matchedBy: { fields: ['externalId', 'email'], sentence: 'A row finds its rep by the id there or the mail address; a known one is left as is. A rep of whom only the name is known, from a file of sales, is told the rest.' },
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
  const nameOf = (r: { name: string | null }): string => r.name?.toLowerCase() ?? '';
  const bearers = Map.groupBy(rows, nameOf);
  // Two rows of one name: which of them sold is anybody's guess.
  const onlyNamed = await findRepsOfOnlyName(tx, [...bearers].flatMap(([name, some]) => (name && some.length === 1 ? name : [])));
  const outcomes: RowOutcome[] = [];
  const holders = [];
  const completed: Completed[] = [];
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
    const named = onlyNamed.get(nameOf(user));
    const holderId = named ?? cx.ids.next();
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
    const told: Completed = { id: holderId, email: user.email, phone: user.phone, country: user.country, externalId: user.externalId, userId };
    if (named) {
      completed.push(told);
      outcomes.push({ row: user.row, outcome: 'updated' });
      continue;
    }
    holders.push({
      ...blankHolder(zone),
      ...told,
      kind: 'rep' as const,
      name: user.name,
      active: user.active,
      importId: batch.importId,
      createdAt,
    });
    outcomes.push({ row: user.row, outcome: 'new' });
  }
  await addHolders(tx, holders);
  const back = await bringBackHolders(tx, batch.importId, completed.map(({ id }) => id));
  await completeHolders(tx, batch.importId, completed);
  const added = [...holders.map(({ id }) => id), ...back];
  await append(tx, cx, [...added.map((id) => changed(id, 'added')), ...completed.map(({ id }) => changed(id, 'completed'))]);
  return outcomes;
}

/**
 * Users who never signed in go. Of reps the name stays, where they held leads or something else names them (withdraw-forsaken-reps.ts of revenue);
 * who held leads stops working, which moves what they hold.
 */
async function undo(tx: Tx, cx: Context, importId: string): Promise<void> {
  const holders = await findImportedHolders(tx, importId);
  await append(tx, cx, (await bareCompleted(tx, importId)).map((id) => changed(id, 'bared')));
  for (const user of await findImportedUsers(tx, importId)) await changeUser(tx, user.id, { status: 'disabled', holderId: null });
  for (const holder of holders) if (holder.held && holder.active) await changeHolder(tx, cx, holder.id, { active: false });
  await bareHolders(
    tx,
    holders.map((h) => h.id),
  );
  await removeInvitedUsers(tx, importId);
}

const changed = (id: string, what: ByImport) => ({ type: 'holder.changed' as const, chainId: id, subjectId: id, data: { holderId: id, fields: [what] } });

function roleOf(text: string | null): Role {
  if (text && /manager|leiter|jefe|director/i.test(text)) return 'sales_manager';
  if (text && /marketing/i.test(text)) return 'marketing';
  return 'rep';
}
