/** Hides a Service, and in old releases an EndpointSlice: another proxy serves it. */
export const proxyNameLabel = 'service.kubernetes.io/service-proxy-name';

/** Hides an EndpointSlice, and in old releases a Service. */
export const headlessLabel = 'service.kubernetes.io/headless';
