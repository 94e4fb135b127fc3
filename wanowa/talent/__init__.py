"""Talent (人材): what people can and want to do; whoever looks is relayed, no address is ever shown."""
