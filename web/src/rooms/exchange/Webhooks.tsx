import { Stack } from '../../ui/index.tsx';
import { SettingsFrame } from '../platform/SettingsFrame.tsx';
import { WebhookPanel } from './WebhookPanel.tsx';

/** Where other systems are told of what happens to leads: the company's own, and partners'. */
export default function Webhooks() {
  return (
    <SettingsFrame>
      <Stack>
        <WebhookPanel whose="company" />
      </Stack>
    </SettingsFrame>
  );
}
