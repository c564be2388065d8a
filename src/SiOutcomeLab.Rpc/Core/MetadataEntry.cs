using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key with its text or bytes. Immutable.</summary>
    [SuppressMessage("Design", "CA1034", Justification = "Nested as in Grpc.Core.Api.")]
    public sealed class Entry
    {
        private readonly string? _value;
        private readonly byte[]? _valueBytes;

        /// <summary>A binary pair.</summary>
        /// <param name="key">Lower-cased; letters, digits, <c>_ - .</c>; must end in <c>-bin</c>.</param>
        /// <param name="valueBytes">The bytes; copied.</param>
        /// <exception cref="ArgumentException">The key breaks the rule.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = Normalise(key);
            if (!IsBinary) throw new ArgumentException($"Key \"{Key}\" holds bytes, so it must end in \"{BinaryHeaderSuffix}\".", nameof(key));
            _valueBytes = (byte[])valueBytes.Clone();
        }

        /// <summary>A text pair.</summary>
        /// <param name="key">Lower-cased; letters, digits, <c>_ - .</c>; must not end in <c>-bin</c>.</param>
        /// <param name="value">Printable ASCII; checked when it is sent.</param>
        /// <exception cref="ArgumentException">The key breaks the rule.</exception>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = Normalise(key);
            if (IsBinary) throw new ArgumentException($"Key \"{Key}\" ends in \"{BinaryHeaderSuffix}\", so it must hold bytes.", nameof(key));
            _value = value;
        }

        /// <summary>The key, in lower case.</summary>
        public string Key { get; }

        /// <summary>Whether the value is bytes.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <summary>The text.</summary>
        /// <exception cref="InvalidOperationException">The pair holds bytes.</exception>
        public string Value => _value ?? throw new InvalidOperationException($"The value of \"{Key}\" is bytes: read {nameof(ValueBytes)}.");

        /// <summary>The bytes, or the ASCII bytes of the text; a copy.</summary>
        public byte[] ValueBytes => _valueBytes is null ? Encoding.ASCII.GetBytes(_value!) : (byte[])_valueBytes.Clone();

        internal ReadOnlySpan<byte> BytesUnsafe => _valueBytes;

        /// <summary>Key and text; bytes are counted, not shown.</summary>
        public override string ToString() => IsBinary ? $"[Entry: key={Key}, {_valueBytes!.Length} bytes]" : $"[Entry: key={Key}, value={_value}]";

        private static string Normalise(string key)
        {
            ArgumentException.ThrowIfNullOrEmpty(key);
            foreach (var c in key)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.'))
                {
                    throw new ArgumentException($"Metadata key \"{key}\" may hold only letters, digits, underscores, hyphens and dots.", nameof(key));
                }
            }

            return key.ToLowerInvariant();
        }
    }
}
