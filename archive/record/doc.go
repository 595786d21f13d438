// Package record is the public record of one revision of an article: its keys and their order, its JSON form, its order in
// an export, and the digest over its content. It is pure: no store, no network, no disk, no clock.
//
// A record is one JSON object on one line, UTF-8, keys in the order of the fields of Record, without HTML escaping (the
// characters <, > and & stand for themselves). Where a page gives no value, section, section_id, period_start, period_end,
// period_text, trend, trend_text, caption and gone_since are null; lists are never null but []. Times are RFC 3339 in UTC,
// in whole seconds or with three digits of milliseconds; dates are ISO 8601.
package record
