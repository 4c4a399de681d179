/** Work shared out to threads for as long as it lasts. It knows nothing of ours; the vector engine has its own. */
package io.github.medgs.parallel;
