using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>PLAIN_DICTIONARY and RLE_DICTIONARY of fixed-width values (the same bytes under two names).</summary>
internal sealed class DictionaryDecoder<T>(T[] dictionary) : ValueDecoder<T>
    where T : unmanaged
{
    private readonly int[] _unpacked = new int[1024];
    private DictionaryCodes _codes = new(dictionary.Length);

    public override void Reset(ByteRange values, int count) => _codes.Reset(values);

    public override void Read(Span<T> values)
    {
        while (!values.IsEmpty)
        {
            var count = _codes.ReadRun(_unpacked, values.Length, out var repeated);
            if (repeated >= 0) values[..count].Fill(dictionary[repeated]);
            else Gather(values[..count]);
            values = values[count..];
        }
    }

    /// <summary>The codes were held against the dictionary's size when they were unpacked.</summary>
    private void Gather(Span<T> values)
    {
        ref var entries = ref MemoryMarshal.GetArrayDataReference(dictionary);
        ref var codes = ref MemoryMarshal.GetArrayDataReference(_unpacked);
        ref var target = ref MemoryMarshal.GetReference(values);
        for (nint i = 0; i < values.Length; i++) Unsafe.Add(ref target, i) = Unsafe.Add(ref entries, Unsafe.Add(ref codes, i));
    }
}
