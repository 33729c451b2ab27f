import { z } from 'zod';
import { consentChannels, purposeKey } from '../platform/values/consent-channel.rules.ts';

export const formFieldSchema = z
  .object({
    /** A field of an inquiry (see InquiryFields) or any other word: then it is kept under `custom`. */
    name: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,59}$/),
    label: z.string().min(1).max(200),
    type: z.enum(['text', 'email', 'tel', 'textarea', 'select', 'checkbox', 'country', 'hidden']),
    required: z.boolean().optional(),
    options: z.array(z.string().min(1).max(200)).max(300).optional(),
    value: z.string().max(500).optional(),
    autocomplete: z.string().max(60).optional(),
    /** A box by which somebody consents: its label is kept with the consent, word for word. */
    consent: z.object({ purpose: z.string().regex(purposeKey), channels: z.array(z.enum(consentChannels)).min(1).max(5) }).optional(),
  })
  .meta({ id: 'FormField' });
export type FormField = z.infer<typeof formFieldSchema>;

export const formSchema = z
  .object({
    title: z.string().min(1).max(200),
    intro: z.string().max(2000).optional(),
    fields: z.array(formFieldSchema).min(1).max(40),
    button: z.string().min(1).max(60),
    thanks: z.string().min(1).max(2000),
    /** The source its inquiries are counted under where no campaign parameter says otherwise. */
    source: z.string().max(200).optional(),
    language: z.string().regex(/^[a-z]{2}$/).optional(),
    active: z.boolean(),
  })
  .meta({ id: 'Form' });
export type Form = z.infer<typeof formSchema>;
