/**
 * NRRD (teem.sourceforge.net/nrrd/format.html): attached and detached headers, raw and gzip data, spatial axes anywhere
 * among up to seven.
 */
package io.github.medgs.volume.nrrd;
