//! The store of a fleet, through its program: what comes in, what becomes of it, and what is left whatever happens meanwhile.

mod cases;
mod desk;
mod goes;
mod ingest;
mod stops;
