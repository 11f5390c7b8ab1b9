#include "include/cre2.h"

#include <re2/re2.h>

#include <string>
#include <vector>

static_assert(
    static_cast<int>(CRE2_PATTERN_TOO_LARGE) == static_cast<int>(re2::RE2::ErrorPatternTooLarge),
    "cre2_error has to follow RE2::ErrorCode");

static const re2::RE2 &expression_of(cre2_pattern pattern) {
    return *static_cast<const re2::RE2 *>(pattern.expression);
}

static bool match_all(
    cre2_pattern pattern, re2::StringPiece text, re2::StringPiece *groups, int count) {
    return expression_of(pattern).Match(
        text, 0, text.size(), re2::RE2::ANCHOR_BOTH, groups, count);
}

cre2_pattern cre2_compile(const char *pattern, size_t length, int64_t max_memory) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_dot_nl(true);
    options.set_max_mem(max_memory);
    return {new re2::RE2(re2::StringPiece(pattern, length), options)};
}

void cre2_free(cre2_pattern pattern) {
    delete static_cast<re2::RE2 *>(pattern.expression);
}

cre2_error cre2_error_code(cre2_pattern pattern) {
    return static_cast<cre2_error>(expression_of(pattern).error_code());
}

cre2_text cre2_error_argument(cre2_pattern pattern) {
    const std::string &argument = expression_of(pattern).error_arg();
    return {argument.data(), argument.size()};
}

int cre2_group_count(cre2_pattern pattern) {
    return expression_of(pattern).NumberOfCapturingGroups();
}

int cre2_group_index(cre2_pattern pattern, const char *name, size_t length) {
    const auto &groups = expression_of(pattern).NamedCapturingGroups();
    const auto found = groups.find(std::string(name, length));
    return found == groups.end() ? -1 : found->second;
}

bool cre2_matches(cre2_pattern pattern, const char *text, size_t length) {
    return match_all(pattern, re2::StringPiece(text, length), nullptr, 0);
}

bool cre2_captures(
    cre2_pattern pattern, const char *text, size_t length, cre2_span *spans, int count) {
    std::vector<re2::StringPiece> groups(count);
    if (!match_all(pattern, re2::StringPiece(text, length), groups.data(), count)) {
        return false;
    }
    for (int index = 0; index < count; index++) {
        const re2::StringPiece &group = groups[index];
        if (group.data() == nullptr) {
            spans[index] = {-1, -1};
        } else {
            const ptrdiff_t start = group.data() - text;
            spans[index] = {start, start + static_cast<ptrdiff_t>(group.size())};
        }
    }
    return true;
}
