import { Badge, ConfirmButton } from '../../ui/index.tsx';

/** At the end of a token's line: that it was revoked, or the way to do it. `what`: as its reader calls it, "token" or "key". */
export const RevokeToken = ({ one, what, revoke }: { one: { name: string; revokedAt: string | null }; what: string; revoke: () => void }) =>
  one.revokedAt ? (
    <Badge tone="bad">Revoked</Badge>
  ) : (
    <ConfirmButton
      size="compact-xs"
      sentence={`Whatever uses “${one.name}” is refused at once. This cannot be undone; make a new ${what} instead.`}
      confirm="Revoke"
      onConfirm={revoke}
    >
      Revoke
    </ConfirmButton>
  );
