/**
 * Pictures of a machine at work and of its training: the paper's Figure 6 for any sequence, learning curves and terminal
 * sparklines. Every picture is drawn once, on a {@link io.github.ntm4j.lab.picture.Canvas}, and comes out as SVG or PNG, or as a frame of an animated GIF.
 */
@NullMarked
package io.github.ntm4j.lab.picture;

import org.jspecify.annotations.NullMarked;
