namespace SiOutcomeLab.Contract;

/// <summary>What is kept of an observation to find its equal: the person's digest, the row's number and its period.</summary>
internal readonly record struct ObservationKey(ulong High, ulong Low, long RowAndPeriod) : IPersonKey
{
    /// <summary>A row whose period is missing or not covered.</summary>
    public const int NoPeriod = 0xFFFF;

    public ObservationKey(ulong high, ulong low, long row, int period)
        : this(high, low, (row << 16) | (uint)period)
    {
    }

    public long Row => RowAndPeriod >> 16;

    public int Period => (int)(RowAndPeriod & 0xFFFF);
}

/// <summary>What is kept of a participation; <paramref name="Intervention"/> is −1 when it has none that can be compared.</summary>
internal readonly record struct ParticipationKey(ulong High, ulong Low, long Row, int Intervention, int Day) : IPersonKey;

/// <summary>A record that belongs to a person.</summary>
internal interface IPersonKey
{
    ulong High { get; }

    ulong Low { get; }
}
