/// Says in our words what libyaml found, and what to do about it.
enum YAMLProblem {
    /// `byte` is what stands at the place of the problem; nil at the end of the text.
    static func message(for problem: LibYAMLParser.Problem, byte: UInt8?) -> String {
        if byte == UInt8(ascii: "\t"), problem.text.contains("character") {
            return "a tab indents this line; YAML wants blanks, replace it"
        }
        if let advice = advice[problem.text] { return advice }
        if problem.text == "found character that cannot start any token" {
            return cannotStart(byte)
        }
        guard let context = problem.context else { return problem.text }
        return "\(problem.text) \(context)"
    }

    private static func cannotStart(_ byte: UInt8?) -> String {
        guard let byte, byte < 0x80 else { return "a value cannot begin like this; quote it" }
        return "a value cannot begin with \"\(Character(Unicode.Scalar(byte)))\"; quote it"
    }

    /// The texts are those of libyaml's scanner.c and parser.c.
    private static let advice = [
        "mapping values are not allowed in this context":
            "a second \": \" in one value; quote the value, or indent this key as its neighbours",
        "did not find expected key":
            "expected a key of the mapping here; indent this line as the keys above it",
        "did not find expected '-' indicator":
            "expected \"- \" of the sequence here; indent this line as the items above it",
        "could not find expected ':'":
            "this line is neither a key nor part of a value; add \":\" or correct its indentation",
        "found unexpected end of stream":
            "the text ends inside a quoted value; add the closing quote",
        "found unexpected document indicator":
            "a document ends inside a quoted value; add the closing quote",
        "did not find expected ',' or ']'":
            "a sequence in brackets is not closed; add \",\" or \"]\"",
        "did not find expected ',' or '}'":
            "a mapping in braces is not closed; add \",\" or \"}\"",
        "did not find expected node content":
            "a value is missing here; add it, or close the bracket or brace",
        "block sequence entries are not allowed in this context":
            "\"- \" cannot begin here; start the sequence on a line of its own",
        "block mapping keys are not allowed in this context":
            "a key cannot begin here; start the mapping on a line of its own",
        "did not find expected <document start>":
            "the document has ended above; correct the indentation, or begin another with \"---\"",
        "found undefined tag handle":
            "the tag has a prefix that no %TAG line declares; use a tag of the form !!name",
        "found unknown escape character":
            "no such escape in double quotes; double the backslash, or use single quotes",
        "did not find expected comment or line break":
            "only a comment may follow here; begin the text on the next line",
        "found an indentation indicator equal to 0":
            "the indentation of a block is at least 1",
        "did not find expected alphabetic or numeric character":
            "a name of letters and digits must follow here; quote the value if it is a text",
    ]

    static func message(for fault: ByteScreen.Fault.Kind, byte: UInt8) -> String {
        switch fault {
        case .nul:
            "the text holds a NUL byte, so it is binary or UTF-16; save it as UTF-8"
        case .control(let scalar):
            "the control character U+\(hexadecimal(scalar, 4)) is not allowed; remove it, "
                + "or write it as an escape in double quotes"
        case .notUTF8:
            "the byte 0x\(hexadecimal(UInt32(byte), 2)) is not UTF-8; save the text as UTF-8"
        }
    }

    private static func hexadecimal(_ number: UInt32, _ width: Int) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
