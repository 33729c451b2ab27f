/** What a company may want to contact people for; its own list. */
export interface Purpose {
  key: string;
  label: string;
  /** offered as the words of a form's box */
  text: string;
  /** nobody is contacted for it who did not say yes */
  needsConsent: boolean;
}

export const standardPurposes: Purpose[] = [
  { key: 'service', label: 'Answers and service', text: 'You may answer my inquiry.', needsConsent: false },
  { key: 'offers', label: 'Offers', text: 'You may send me offers that fit my inquiry. I can withdraw this at any time.', needsConsent: false },
  { key: 'newsletter', label: 'Newsletter', text: 'Send me the newsletter. I can withdraw this at any time.', needsConsent: true },
  { key: 'product_news', label: 'Product news', text: 'Tell me about new products. I can withdraw this at any time.', needsConsent: true },
];

/** What a consent that names no purpose is for: answering is allowed to whoever asks, so it must be more. */
export const generalPurpose = 'offers';
export const purposesSetting = 'consent.purposes';
