/// Numbers in few bits where they are small, as histogram chunks have them
/// (Prometheus' tsdb/chunkenc/varbit.go).
///
/// So many ones, then a zero, then as many bits as the table says; eight ones stand for 64 bits.
private enum Varbit {
    static let sizes: [UInt64] = [0, 3, 6, 9, 12, 18, 25, 56, 64]
    static let longest = 8
}

extension BitWriter {
    mutating func writeVarbit(_ value: Int64) {
        let ones = Varbit.sizes.dropLast().firstIndex { size in
            size == 0 ? value == 0 : value.fits(bits: Int64(size))
        }
        writeVarbit(UInt64(bitPattern: value), ones: ones ?? Varbit.longest)
    }

    mutating func writeVarbit(_ value: UInt64) {
        let ones = Varbit.sizes.dropLast().firstIndex { size in value >> size == 0 }
        writeVarbit(value, ones: ones ?? Varbit.longest)
    }

    private mutating func writeVarbit(_ value: UInt64, ones: Int) {
        if ones == Varbit.longest {
            write(0xFF, count: 8)
            write(value, count: 64)
        } else {
            write(1 << UInt64(ones + 1) - 2, count: ones + 1)
            let size = Varbit.sizes[ones]
            if size > 0 { write(value & (1 << size - 1), count: Int(size)) }
        }
    }
}

extension BitReader {
    mutating func readVarbit() throws(TSDBFormatError) -> Int64 {
        let (value, size) = try readVarbitParts()
        return size == 0 || size == 64 ? Int64(bitPattern: value) : Int64(low: value, bits: size)
    }

    mutating func readUnsignedVarbit() throws(TSDBFormatError) -> UInt64 {
        try readVarbitParts().value
    }

    private mutating func readVarbitParts() throws(TSDBFormatError) -> (value: UInt64, size: UInt64)
    {
        var ones = 0
        while ones < Varbit.longest, try read(1) == 1 { ones += 1 }
        let size = Varbit.sizes[ones]
        return (size == 0 ? 0 : try read(Int(size)), size)
    }
}
