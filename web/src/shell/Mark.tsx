/** Baton's mark: a baton between two hands. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0f6a73" />
      <path d="M11.2 20.8 20.8 11.2" stroke="#fff" strokeWidth="5.4" strokeLinecap="round" />
      <circle cx="8" cy="11" r="2.4" fill="#8fd6d6" />
      <circle cx="24" cy="21" r="2.4" fill="#8fd6d6" />
    </svg>
  );
}
