using System.Runtime.CompilerServices;

namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>
/// Reads the sequences section of a block (RFC 8878, section 3.1.1.3.2) and carries it out: literals, a copy from before, and again.
/// </summary>
internal sealed unsafe class SequenceDecoder
{
    /// <summary>Bits that one load surely holds.</summary>
    private const int LoadBits = 57;

    private const int LoadBytes = 8;

    private readonly SequenceTable _literalLengths = new(SequenceCodes.LiteralLengths);
    private readonly SequenceTable _offsets = new(SequenceCodes.Offsets);
    private readonly SequenceTable _matchLengths = new(SequenceCodes.MatchLengths);
    private readonly byte[] _tail = GC.AllocateUninitializedArray<byte>((128 * 1024) + LoadBytes, pinned: true);
    private uint _repeat1;
    private uint _repeat2;
    private uint _repeat3;

    /// <summary>Begins a frame: no tables, and the three offsets that every frame begins with.</summary>
    public void Reset()
    {
        _literalLengths.Forget();
        _offsets.Forget();
        _matchLengths.Forget();
        (_repeat1, _repeat2, _repeat3) = (1, 4, 8);
    }

    /// <summary>Reads the section, which is the rest of its block, and writes the block's content.</summary>
    /// <param name="source">The section.</param>
    /// <param name="beyond">Bytes that may be read after it.</param>
    /// <param name="literals">The block's literals.</param>
    /// <param name="output">Where to; its place moves on.</param>
    /// <exception cref="ParquetFormatException">The section is malformed, or the content has no room.</exception>
    public void Decode(ReadOnlySpan<byte> source, int beyond, ZstdLiterals literals, ref ZstdOutput output)
    {
        var at = ReadCount(source, out var count);
        var literal = literals.Start;
        var literalEnd = literal + literals.Count;
        if (count == 0)
        {
            if (at != source.Length) throw ZstdFault.Of("has a block with bytes left over");
        }
        else
        {
            if (at == source.Length) throw Ends();
            var modes = source[at++];
            if ((modes & 3) != 0) throw ZstdFault.Of("uses reserved bits of a block");
            at += _literalLengths.Read(modes >> 6, source[at..]);
            at += _offsets.Read((modes >> 4) & 3, source[at..]);
            at += _matchLengths.Read((modes >> 2) & 3, source[at..]);
            if (beyond < LoadBytes)
            {
                source[at..].CopyTo(_tail);
                fixed (byte* tail = _tail) literal = Execute(tail, source.Length - at, count, literal, literalEnd, ref output);
            }
            else
            {
                fixed (byte* stream = source[at..]) literal = Execute(stream, source.Length - at, count, literal, literalEnd, ref output);
            }
        }

        output.Append(literal, literalEnd);
    }

    private static int ReadCount(ReadOnlySpan<byte> source, out int count)
    {
        count = source.IsEmpty ? throw Ends() : source[0];
        if (count < 128) return 1;
        if (count < 255)
        {
            if (source.Length < 2) throw Ends();
            count = ((count - 128) << 8) + source[1];
            return 2;
        }

        if (source.Length < 3) throw Ends();
        count = source[1] + (source[2] << 8) + 0x7F00;
        return 3;
    }

    private byte* Execute(byte* stream, int length, int count, byte* literal, byte* literalEnd, ref ZstdOutput output)
    {
        var left = BackwardBits.Open(stream, length);
        var literalStates = _literalLengths.Current!.States;
        var offsetStates = _offsets.Current!.States;
        var matchStates = _matchLengths.Current!.States;
        var literalState = literalStates + BackwardBits.Take(stream, ref left, _literalLengths.Current.Log);
        var offsetState = offsetStates + BackwardBits.Take(stream, ref left, _offsets.Current!.Log);
        var matchState = matchStates + BackwardBits.Take(stream, ref left, _matchLengths.Current!.Log);
        if (left < 0) throw Ends();
        var (repeat1, repeat2, repeat3) = (_repeat1, _repeat2, _repeat3);
        var to = output.Place;
        while (true)
        {
            var (ofs, mat, lit) = (*offsetState, *matchState, *literalState);
            int matchBits = mat.Extra, literalBits = lit.Extra;
            var tailBits = matchBits + literalBits;
            var isLast = --count == 0;
            int literalNext = lit.Bits, matchNext = mat.Bits, offsetNext = ofs.Bits;
            if (isLast) literalNext = matchNext = offsetNext = 0;
            var nextBits = literalNext + matchNext + offsetNext;
            left -= ofs.Extra + tailBits + nextBits;
            if (left < 0) throw Ends();
            var word = Load(stream, left);
            var extra = word >> nextBits;
            var distance = extra >> tailBits;
            if (ofs.Extra + tailBits + nextBits > LoadBits)
            {
                extra = Load(stream, left + nextBits);
                distance = Load(stream, left + nextBits + tailBits);
            }

            var offset = ofs.Value + (uint)BackwardBits.Low(distance, ofs.Extra);
            nint match = (nint)(mat.Value + BackwardBits.Low(extra >> literalBits, matchBits));
            nint run = (nint)(lit.Value + BackwardBits.Low(extra, literalBits));
            literalState = literalStates + lit.Next + BackwardBits.Low(word >> (matchNext + offsetNext), literalNext);
            matchState = matchStates + mat.Next + BackwardBits.Low(word >> offsetNext, matchNext);
            offsetState = offsetStates + ofs.Next + BackwardBits.Low(word, offsetNext);

            if (offset > 3)
            {
                (repeat3, repeat2) = (repeat2, repeat1);
                repeat1 = offset - 3;
            }
            else
            {
                // After no literals the last offset would not make sense, so the choices move on by one.
                if (run == 0) offset++;
                if (offset != 1)
                {
                    var chosen = offset == 2 ? repeat2 : offset == 3 ? repeat3 : repeat1 - 1;
                    if (chosen == 0) throw ZstdFault.Of("copies from nowhere");
                    if (offset != 2) repeat3 = repeat2;
                    repeat2 = repeat1;
                    repeat1 = chosen;
                }
            }

            if (run > literalEnd - literal) throw ZstdFault.Of("uses more literals than it has");
            if (run + match > output.Limit - to) throw ZstdFault.Of("holds more bytes than declared, or than a block may");
            if ((ulong)repeat1 > (ulong)(to - output.FrameStart + run)) throw ZstdFault.Of("copies from before its start");
            if (run + match + WideCopy.Slack <= output.End - to)
            {
                WideCopy.Literals(literal, to, run);
                WideCopy.Match(to + run, (nint)repeat1, match);
            }
            else
            {
                Buffer.MemoryCopy(literal, to, run, run);
                WideCopy.MatchNarrow(to + run, (nint)repeat1, match);
            }

            literal += run;
            to += run + match;
            if (isLast) break;
        }

        if (left != 0) throw ZstdFault.Of("has sequences left over");
        (_repeat1, _repeat2, _repeat3) = (repeat1, repeat2, repeat3);
        output.Place = to;
        return literal;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load(byte* stream, long left) => Unsafe.ReadUnaligned<ulong>(stream + (left >> 3)) >> (int)(left & 7);

    private static ParquetFormatException Ends() => ZstdFault.Of("ends inside its sequences");
}
