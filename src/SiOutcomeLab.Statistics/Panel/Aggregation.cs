namespace SiOutcomeLab.Statistics.Panel;

/// <summary>Over what group-time effects are averaged.</summary>
public enum Aggregation
{
    /// <summary>All treated cells, each weighted by the size of its cohort.</summary>
    Simple = 1,

    /// <summary>Per cohort over its treated periods; overall by cohort size.</summary>
    Group = 2,

    /// <summary>Per period over the cohorts treated by then; overall the plain mean of periods.</summary>
    Calendar = 3,

    /// <summary>Per event time, the event study; overall the plain mean of event times from 0 on.</summary>
    Dynamic = 4
}
