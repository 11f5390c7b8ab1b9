import ReceiveFlags
import Testing

extension ReceiveFlagSpec: CustomTestStringConvertible {
    package var testDescription: String { name }
}
