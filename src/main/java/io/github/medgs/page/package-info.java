/** Self-contained pages: one HTML file with its style, pictures and charts inside. Knows nothing of ours. */
package io.github.medgs.page;
