package io.baton.engine;

/** A file that a task asks to be opened or signed before it can be completed, and whether somebody has done so. */
public record Paper(String file, boolean toOpen, boolean opened, boolean toSign, boolean signed) {}
