/** The releases of kube-proxy whose behaviour is known exactly, because it was recorded. */
export type Release = '1.30' | '1.36';

export const releases: readonly Release[] = ['1.30', '1.36'];

export const defaultRelease: Release = '1.36';
