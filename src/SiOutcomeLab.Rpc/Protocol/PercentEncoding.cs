using System.Buffers;
using System.Text;

namespace SiOutcomeLab.Rpc.Protocol;

/// <summary>The coding of <c>grpc-message</c>: UTF-8 with every byte outside 0x20–0x7E, and the percent sign, as %XX.</summary>
internal static class PercentEncoding
{
    private const string Hex = "0123456789ABCDEF";

    /// <summary>Encodes a text; half a surrogate pair becomes U+FFFD.</summary>
    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains('%')) return text;
        var encoded = new StringBuilder(text.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (b is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                encoded.Append((char)b);
            }
            else
            {
                encoded.Append('%').Append(Hex[b >> 4]).Append(Hex[b & 0xF]);
            }
        }

        return encoded.ToString();
    }

    /// <summary>
    /// Decodes a header value and never throws: a percent sign without two hexadecimal digits stands for itself, bytes that
    /// are not UTF-8 become U+FFFD, a raw character beyond Latin-1 is kept.
    /// </summary>
    public static string Decode(string value)
    {
        if (!value.AsSpan().ContainsAnyExceptInRange(' ', '~') && !value.Contains('%')) return value;
        var bytes = new ArrayBufferWriter<byte>(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '%' && i + 2 < value.Length && char.IsAsciiHexDigit(value[i + 1]) && char.IsAsciiHexDigit(value[i + 2]))
            {
                bytes.Write([(byte)((Convert.ToInt32(value[i + 1].ToString(), 16) << 4) | Convert.ToInt32(value[i + 2].ToString(), 16))]);
                i += 2;
            }
            else if (c <= 0xFF)
            {
                bytes.Write([(byte)c]);
            }
            else
            {
                Encoding.UTF8.GetBytes(value.AsSpan(i, 1), bytes);
            }
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
