using System.Collections;

namespace Grpc.Core;

/// <summary>Key-value pairs sent before (headers) or after (trailers) the messages. Keys may repeat; order is kept.</summary>
public sealed partial class Metadata : IList<Metadata.Entry>
{
    /// <summary>Ending of keys whose values are bytes; they travel as base64.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>A shared, empty, read-only instance.</summary>
    public static readonly Metadata Empty = new Metadata().Freeze();

    private readonly List<Entry> _entries = [];

    /// <summary>Number of pairs.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether changes are refused.</summary>
    public bool IsReadOnly { get; private set; }

    /// <summary>The pair at a position.</summary>
    /// <param name="index">Position, from 0.</param>
    /// <exception cref="InvalidOperationException">Set on a read-only instance.</exception>
    public Entry this[int index]
    {
        get => _entries[index];
        set
        {
            CheckWritable(value);
            _entries[index] = value;
        }
    }

    /// <summary>Last pair with the key, or null.</summary>
    /// <param name="key">The key; case does not matter.</param>
    public Entry? Get(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _entries.FindLast(e => string.Equals(e.Key, key, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Text of the last pair with the key, or null.</summary>
    /// <param name="key">The key; case does not matter.</param>
    /// <exception cref="InvalidOperationException">The pair holds bytes.</exception>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>Bytes of the last pair with the key, or null.</summary>
    /// <param name="key">The key; case does not matter.</param>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>All pairs with the key, in order.</summary>
    /// <param name="key">The key; case does not matter.</param>
    public IEnumerable<Entry> GetAll(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _entries.Where(e => string.Equals(e.Key, key, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Adds a text pair.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Printable ASCII.</param>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Adds a binary pair.</summary>
    /// <param name="key">The key; must end in <c>-bin</c>.</param>
    /// <param name="valueBytes">The bytes.</param>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <summary>Adds a pair at the end.</summary>
    /// <param name="item">The pair.</param>
    public void Add(Entry item)
    {
        CheckWritable(item);
        _entries.Add(item);
    }

    /// <summary>Inserts a pair.</summary>
    /// <param name="index">Position, from 0.</param>
    /// <param name="item">The pair.</param>
    public void Insert(int index, Entry item)
    {
        CheckWritable(item);
        _entries.Insert(index, item);
    }

    /// <summary>Removes the pair at a position.</summary>
    /// <param name="index">Position, from 0.</param>
    public void RemoveAt(int index)
    {
        CheckWritable();
        _entries.RemoveAt(index);
    }

    /// <summary>Removes a pair, by reference.</summary>
    /// <param name="item">The pair.</param>
    public bool Remove(Entry item)
    {
        CheckWritable();
        return _entries.Remove(item);
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        CheckWritable();
        _entries.Clear();
    }

    /// <summary>Position of a pair, or −1.</summary>
    /// <param name="item">The pair.</param>
    public int IndexOf(Entry item) => _entries.IndexOf(item);

    /// <summary>Whether the pair is there.</summary>
    /// <param name="item">The pair.</param>
    public bool Contains(Entry item) => _entries.Contains(item);

    /// <summary>Copies the pairs.</summary>
    /// <param name="array">Target.</param>
    /// <param name="arrayIndex">First position in the target.</param>
    public void CopyTo(Entry[] array, int arrayIndex) => _entries.CopyTo(array, arrayIndex);

    /// <summary>The pairs in order.</summary>
    public IEnumerator<Entry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    internal Metadata Freeze()
    {
        IsReadOnly = true;
        return this;
    }

    private void CheckWritable(Entry item)
    {
        CheckWritable();
        ArgumentNullException.ThrowIfNull(item);
    }

    private void CheckWritable()
    {
        if (IsReadOnly) throw new InvalidOperationException("The metadata is read-only.");
    }
}
