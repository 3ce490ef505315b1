/** Time for the browser to report a violation after the request failed, ms. */
const REPORT_DELAY = 50;

/**
 * A request that the page's own policy forbids fails exactly as one to a server that is down. The
 * browser tells them apart by an event only, which this listens for while the request runs.
 */
export const watchPolicy = (origin: string) => {
  if (typeof document === 'undefined') return { wasBlocked: async () => false, end: () => {} };
  let blocked = false;
  const listen = (event: SecurityPolicyViolationEvent) => {
    if (event.effectiveDirective === 'connect-src' && event.blockedURI.startsWith(origin))
      blocked = true;
  };
  document.addEventListener('securitypolicyviolation', listen);
  return {
    wasBlocked: async () => {
      if (!blocked) await new Promise((resolve) => setTimeout(resolve, REPORT_DELAY));
      return blocked;
    },
    end: () => document.removeEventListener('securitypolicyviolation', listen),
  };
};
