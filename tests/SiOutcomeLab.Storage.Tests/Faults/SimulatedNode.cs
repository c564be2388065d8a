namespace SiOutcomeLab.Storage.Tests.Faults;

/// <summary>A file or folder as the running system sees it, and as the disk has it.</summary>
internal abstract class SimulatedNode
{
    /// <summary>Makes what the system sees what a disk without power would have kept.</summary>
    public abstract void LosePower(Random random);
}

/// <summary>A file: its bytes in the system's cache, its bytes on the disk, and what was written since the last flush.</summary>
internal sealed class SimulatedContent : SimulatedNode
{
    private const int Sector = 512;

    private readonly List<Change> _pending = [];
    private byte[] _disk = [];

    public byte[] Cache { get; private set; } = [];

    public DateTimeOffset Changed { get; set; }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        var change = new Change(offset, bytes.ToArray());
        Cache = change.On(Cache);
        _pending.Add(change);
    }

    public void Truncate(long length)
    {
        var change = new Change(length, null);
        Cache = change.On(Cache);
        _pending.Add(change);
    }

    public void Flush()
    {
        foreach (var change in _pending) _disk = change.On(_disk);
        _pending.Clear();
    }

    /// <summary>
    /// A flush that fails: part of what was written reaches the disk, and the system forgets that the rest has not. The cache shows the
    /// bytes still, or shows what the disk has.
    /// </summary>
    public void FailFlush(Random random)
    {
        _disk = Surviving(random);
        _pending.Clear();
        if (random.Next(3) == 0) Cache = _disk[..];
    }

    public override void LosePower(Random random)
    {
        _disk = Surviving(random);
        Cache = _disk[..];
        _pending.Clear();
    }

    /// <summary>Any of the changes may have reached the disk, in any order, and each in any of its sectors.</summary>
    private byte[] Surviving(Random random)
    {
        var image = _disk;
        var longest = image.Length;
        foreach (var change in _pending)
        {
            longest = Math.Max(longest, (int)change.End);
            switch (random.Next(3))
            {
                case 0:
                    image = change.On(image);
                    break;
                case 1 when change.Bytes is not null:
                    foreach (var sector in change.Sectors(Sector).Where(_ => random.Next(2) == 0)) image = sector.On(image);
                    break;
                default:
                    break;
            }
        }

        // A file may be given its length before its bytes: what is missing reads as zeros.
        return random.Next(4) == 0 && longest > image.Length ? new Change(longest, null).On(image) : image;
    }

    /// <param name="At">Where bytes go; or the new length, when there are none.</param>
    /// <param name="Bytes">The bytes; null for a change of length.</param>
    private sealed record Change(long At, byte[]? Bytes)
    {
        public long End => At + (Bytes?.Length ?? 0);

        public byte[] On(byte[] image)
        {
            var changed = new byte[Bytes is null ? At : Math.Max(image.Length, End)];
            image.AsSpan(0, Math.Min(image.Length, changed.Length)).CopyTo(changed);
            Bytes?.CopyTo(changed, At);
            return changed;
        }

        public IEnumerable<Change> Sectors(int size)
        {
            for (var at = At; at < End;)
            {
                var end = Math.Min(End, ((at / size) + 1) * size);
                yield return new Change(at, Bytes![(int)(at - At)..(int)(end - At)]);
                at = end;
            }
        }
    }
}

/// <summary>A folder: the names that the system sees, those that the disk has, and what was made and deleted since the last flush.</summary>
internal sealed class SimulatedFolder : SimulatedNode
{
    private readonly List<(string Name, SimulatedNode? Node)> _pending = [];
    private Dictionary<string, SimulatedNode> _disk = [];

    public Dictionary<string, SimulatedNode> Names { get; private set; } = [];

    public void Set(string name, SimulatedNode? node)
    {
        Apply(Names, name, node);
        _pending.Add((name, node));
    }

    public void Flush()
    {
        foreach (var (name, node) in _pending) Apply(_disk, name, node);
        _pending.Clear();
    }

    /// <summary>Each name is, by itself, as it was at the last flush or after any change since.</summary>
    public override void LosePower(Random random)
    {
        var kept = new Dictionary<string, SimulatedNode>(_disk);
        foreach (var history in _pending.GroupBy(p => p.Name))
        {
            var changes = history.ToList();
            var lasted = random.Next(changes.Count + 1);
            if (lasted > 0) Apply(kept, history.Key, changes[lasted - 1].Node);
        }

        _disk = kept;
        Names = new Dictionary<string, SimulatedNode>(kept);
        _pending.Clear();
        foreach (var node in Names.Values) node.LosePower(random);
    }

    private static void Apply(Dictionary<string, SimulatedNode> names, string name, SimulatedNode? node)
    {
        if (node is null)
        {
            names.Remove(name);
        }
        else
        {
            names[name] = node;
        }
    }
}
