using System.Buffers;
using Grpc.Core;

namespace SiOutcomeLab.Rpc.Protocol;

/// <summary>Metadata as header values: bytes as base64 without padding, text as printable ASCII.</summary>
internal static class MetadataCodec
{
    /// <summary>Adds one received header. A binary header may hold several values joined by commas, padded or not.</summary>
    /// <exception cref="RpcException">INTERNAL: a binary value is not base64.</exception>
    public static void AddReceived(Metadata metadata, string name, string value)
    {
        if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
        {
            metadata.Add(name, value);
            return;
        }

        foreach (var part in value.AsSpan().Split(','))
        {
            metadata.Add(name, DecodeBase64(value.AsSpan(part).Trim()));
        }
    }

    /// <summary>The header value of an entry.</summary>
    public static string ToHeaderValue(Metadata.Entry entry) =>
        entry.IsBinary ? Convert.ToBase64String(entry.BytesUnsafe).TrimEnd('=') : entry.Value;

    /// <summary>Whether an entry can be sent: text must be printable ASCII.</summary>
    public static bool IsSendable(Metadata.Entry entry) => entry.IsBinary || !entry.Value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <exception cref="ArgumentException">The entry cannot be sent.</exception>
    public static void CheckSendable(Metadata.Entry entry)
    {
        if (!IsSendable(entry))
        {
            throw new ArgumentException($"The value of metadata \"{entry.Key}\" must be printable ASCII; use a key that ends in -bin for other bytes.");
        }
    }

    private static byte[] DecodeBase64(ReadOnlySpan<char> text)
    {
        text = text.TrimEnd('=');
        var padded = ArrayPool<char>.Shared.Rent(text.Length + 3);
        try
        {
            text.CopyTo(padded);
            var length = text.Length;
            while (length % 4 != 0)
            {
                padded[length++] = '=';
            }

            var bytes = new byte[length / 4 * 3];
            if (!Convert.TryFromBase64Chars(padded.AsSpan(0, length), bytes, out var written)) throw ProtocolErrors.MalformedBinary.AsException();
            return bytes[..written];
        }
        finally
        {
            ArrayPool<char>.Shared.Return(padded);
        }
    }
}
