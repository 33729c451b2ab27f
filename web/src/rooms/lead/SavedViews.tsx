import { Button, Checkbox, Menu, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { ErrorNote, Icon, Row, Stack, toast } from '../../ui/index.tsx';

/** A view is the address with a name: choose one, save the one at hand, share it. */
export function SavedViews({
  screen,
  filters,
  apply,
}: {
  screen: string;
  filters: Record<string, string>;
  apply: (filters: Record<string, string>) => void;
}) {
  const [saving, setSaving] = useState(false);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const views = useApi('GET /v1/views', { query: { screen } }, { staleTime: 60_000 });
  const stale = ['/v1/views'];
  const add = useSend('POST /v1/views', {
    stale,
    done: (view) => {
      setSaving(false);
      setName('');
      toast({ message: `“${view.name}” is saved.`, tone: 'good' });
    },
  });
  const remove = useSend('DELETE /v1/views/:id', { stale });
  const items = views.data?.items ?? [];
  const same = (query: Record<string, string>) =>
    Object.keys({ ...query, ...filters }).every((key) => (query[key] ?? '') === (filters[key] ?? ''));
  const current = items.find((view) => same(view.query));
  const drop = (view: (typeof items)[number]) =>
    remove.mutate(
      { params: { id: view.id } },
      {
        onSuccess: () =>
          toast({
            message: `“${view.name}” is removed.`,
            undo: () => add.mutate({ body: { name: view.name, screen: view.screen, query: view.query, shared: view.shared } }),
          }),
      },
    );
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button variant="default" rightSection={<Icon name="down" size={13} />}>
            {current?.name ?? 'Views'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown data-overlay-open>
          {items.length === 0 && <Menu.Label>No saved view yet. Set filters, then save them.</Menu.Label>}
          {items.map((view) => (
            <Menu.Item
              key={view.id}
              onClick={() => apply(view.query)}
              rightSection={<span className="dim">{view.shared ? (view.mine ? 'shared' : 'by others') : ''}</span>}
            >
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setSaving(true)} disabled={Object.keys(filters).length === 0}>
            Save these filters …
          </Menu.Item>
          {current?.mine && <Menu.Item onClick={() => drop(current)}>Remove “{current.name}”</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {saving && (
        <Modal opened onClose={() => setSaving(false)} title="Save these filters" data-overlay-open>
          <form
            onSubmit={(event: FormEvent) => {
              event.preventDefault();
              add.mutate({ body: { name, screen, query: filters, shared } });
            }}
          >
            <Stack gap={12}>
              <TextInput
                label="Name of the view"
                required
                data-autofocus
                maxLength={120}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Checkbox
                label="Everybody in the company sees it"
                checked={shared}
                onChange={(event) => setShared(event.currentTarget.checked)}
              />
              <ErrorNote error={add.error} />
              <Row end>
                <Button type="submit" loading={add.isPending} disabled={!name.trim()}>
                  Save
                </Button>
              </Row>
            </Stack>
          </form>
        </Modal>
      )}
    </>
  );
}
