import CurlHTTP
import Testing

@Suite("The date of an answer")
struct DateTests {
    @Test(
        "is read in the one form that servers send",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Tue, 29 Feb 2028 23:59:59 GMT", 1_835_481_599),
        ])
    func dates(text: String, seconds: Double) {
        #expect(HTTPResponse(status: 200, headers: ["Date": text]).date == seconds)
    }

    @Test(
        "is none in any other",
        arguments: [
            "", "now", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 99999 08:49:37 GMT",
            "Sun, 06 Nov 1994 8:49 GMT", "Sun, 06 Nov 1994 08:49:99 GMT",
            "Sun, 06 Nov 1994 99999999999:49:37 GMT",
        ])
    func others(text: String) {
        #expect(HTTPResponse(status: 200, headers: ["Date": text]).date == nil)
    }
}
