#ifndef CRE2_H
#define CRE2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __swift__
#define CRE2_SENDABLE __attribute__((swift_attr("@Sendable")))
#else
#define CRE2_SENDABLE
#endif

/// A compiled pattern of RE2, the engine whose syntax Go's `regexp` shares.
///
/// Sendable because RE2 promises that one pattern may be used by many threads (re2.h).
typedef struct CRE2_SENDABLE {
    void *expression;
} cre2_pattern;

/// Bytes that belong to a pattern and live as long as it does.
typedef struct {
    const char *bytes;
    size_t length;
} cre2_text;

/// Where a group matched; both -1 where it took no part.
typedef struct {
    ptrdiff_t start;
    ptrdiff_t end;
} cre2_span;

/// Why a pattern did not compile, in the order of `RE2::ErrorCode`.
typedef enum {
    CRE2_NO_ERROR,
    CRE2_INTERNAL,
    CRE2_BAD_ESCAPE,
    CRE2_BAD_CHAR_CLASS,
    CRE2_BAD_CHAR_RANGE,
    CRE2_MISSING_BRACKET,
    CRE2_MISSING_PAREN,
    CRE2_UNEXPECTED_PAREN,
    CRE2_TRAILING_BACKSLASH,
    CRE2_REPEAT_ARGUMENT,
    CRE2_REPEAT_SIZE,
    CRE2_REPEAT_OP,
    CRE2_BAD_PERL_OP,
    CRE2_BAD_UTF8,
    CRE2_BAD_NAMED_CAPTURE,
    CRE2_PATTERN_TOO_LARGE
} cre2_error;

/// Compiles a UTF-8 pattern in which a dot matches every character; `max_memory` is in bytes.
///
/// The result is to be freed whether it is in error or not.
cre2_pattern cre2_compile(const char *pattern, size_t length, int64_t max_memory);
void cre2_free(cre2_pattern pattern);

cre2_error cre2_error_code(cre2_pattern pattern);
/// The part of the pattern that is in error.
cre2_text cre2_error_argument(cre2_pattern pattern);

/// The number of groups, the whole match not counted.
int cre2_group_count(cre2_pattern pattern);
/// The number of the group of this name; -1 when there is none.
int cre2_group_index(cre2_pattern pattern, const char *name, size_t length);

/// Whether the pattern matches all of the text.
bool cre2_matches(cre2_pattern pattern, const char *text, size_t length);
/// Matches all of the text and fills `count` spans, the whole match first.
bool cre2_captures(
    cre2_pattern pattern, const char *text, size_t length, cre2_span *spans, int count);

#ifdef __cplusplus
}
#endif

#endif
