package io.baton.server.calendar;

import java.util.List;

/** A country whose public holidays are known: its code of ISO 3166 ({@code DE}) and its name in English. */
public record Country(String code, String name, List<Region> regions) {

    /** {@code DE-BY}, as ISO 3166 has it for most countries; a city with holidays of its own is {@code DE-BY-AG}. */
    public record Region(String code, String name) {}

    public Country {
        regions = List.copyOf(regions);
    }
}
