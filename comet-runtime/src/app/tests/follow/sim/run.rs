//! One schedule, from its seed to its end.

use std::collections::BTreeMap;

use tokio::runtime::Builder;
use tokio::time::Instant;

use super::super::parse::Transport;
use super::checker::Seen;
use super::client::{Acknowledge, Client};
use super::network::Ground;
use super::random::Random;
use super::world::{Channel, World};

/// Steps of one schedule.
const STEPS: usize = 80;

/// What the runs of some seeds came to.
#[derive(Debug, Default)]
pub(super) struct Sum {
    pub(super) seen: Seen,
    /// How often each change of transport happened.
    pub(super) switches: BTreeMap<(Option<Transport>, Transport), usize>,
}

struct Run {
    random: Random,
    world: World,
    clients: Vec<(Client, Option<Transport>)>,
}

impl Run {
    fn new(seed: u64, ground: Ground, acknowledge: Acknowledge) -> Self {
        let mut random = Random::new(seed);
        let clients = (0..3).map(|_| {
            let first = random.below(3);
            let follows = (0..=random.below(3)).map(|more| (first + more) % 3).collect();
            (Client::new(follows, acknowledge), None)
        });
        let clients = clients.collect();
        Self { random, world: World::new(ground, seed), clients }
    }

    async fn step(&mut self, sum: &mut Sum) -> Result<(), String> {
        match self.random.below(20) {
            0..6 => self.publish(),
            6 => self.world.ground.pass(self.random.below(4_000)).await,
            7 if self.random.percent(30) => {
                let which = self.random.below(3);
                self.world.channels[which].close();
            }
            7 if self.random.percent(10) => self.crash(),
            _ => self.reader(sum).await?,
        }
        Ok(())
    }

    /// A few events, or more than any log keeps.
    fn publish(&mut self) {
        let many = if self.random.percent(10) { 40 } else { 1 + self.random.below(3) };
        let which = self.random.below(3);
        (0..many).for_each(|_| self.world.channels[which].publish());
    }

    /// The process ends and another one begins: nobody hears of it.
    fn crash(&mut self) {
        self.clients.iter_mut().for_each(|(client, _)| client.cut());
        self.world.channels.iter_mut().for_each(Channel::close);
    }

    /// Something happens to one reader; what does not, is a stall.
    async fn reader(&mut self, sum: &mut Sum) -> Result<(), String> {
        let which = self.random.below(self.clients.len());
        let (client, last) = &mut self.clients[which];
        if !client.is_linked() {
            let transport = Transport::ALL[self.random.below(Transport::ALL.len())];
            *sum.switches.entry((*last, transport)).or_default() += 1;
            *last = Some(transport);
            client.connect(&mut self.world, transport, &mut self.random).await;
            return Ok(());
        }
        match self.random.below(20) {
            0 => client.cut(),
            1 if self.random.percent(20) => client.restart(),
            2 => drop(client.read(&self.world, Some(self.random.below(100))).await?),
            _ => drop(client.read(&self.world, None).await?),
        }
        Ok(())
    }

    /// Everybody comes back and reads all there is.
    async fn settle(&mut self) -> Result<(), String> {
        self.world.network.heal();
        for (client, _) in &mut self.clients {
            for transport in Transport::ALL {
                client.cut();
                client.connect(&mut self.world, transport, &mut self.random).await;
                let since = Instant::now();
                // In process, all there is comes at the first look.
                let patience = self.world.ground.patience(transport) * 5_000;
                while client.read(&self.world, None).await?
                    || client.lacks_something(&self.world) && since.elapsed() < patience
                {
                }
            }
            client.complete(&self.world)?;
        }
        Ok(())
    }
}

/// Runs one schedule.
pub(super) fn run(
    seed: u64,
    ground: Ground,
    acknowledge: Acknowledge,
    sum: &mut Sum,
) -> Result<(), String> {
    let paused = ground == Ground::InProcess;
    let runtime = Builder::new_current_thread().enable_all().start_paused(paused).build().unwrap();
    let whole = async {
        let mut run = Run::new(seed, ground, acknowledge);
        for step in 0..STEPS {
            run.step(sum).await.map_err(|finding| format!("step {step}: {finding}"))?;
        }
        run.settle().await.map_err(|finding| format!("at the end: {finding}"))?;
        run.world.end();
        for (client, _) in &run.clients {
            sum.seen += client.checker.seen;
        }
        Ok(())
    };
    match ground {
        Ground::InProcess => runtime.block_on(tokio::task::unconstrained(whole)),
        Ground::Sockets { .. } => runtime.block_on(whole),
    }
}
