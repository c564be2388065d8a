namespace SiOutcomeLab.Parquet;

/// <summary>From a caller's dictionary codes to the written column's own.</summary>
internal sealed class CodeMap(int count)
{
    /// <summary>Own code plus one; 0 where none is known.</summary>
    private readonly int[] _own = new int[count];

    public bool TryGet(int code, out int own)
    {
        own = _own[code] - 1;
        return own >= 0;
    }

    /// <summary>Remembers an own code; −1 means that there is none.</summary>
    public void Set(int code, int own) => _own[code] = own + 1;
}
